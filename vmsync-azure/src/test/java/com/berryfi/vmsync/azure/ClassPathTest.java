package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What must not come with this jar. */
class ClassPathTest {

    @Test
    void nettyIsNotThere() {
        assertThatThrownBy(() -> Class.forName("io.netty.channel.Channel")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("com.azure.core.http.netty.NettyAsyncHttpClientBuilder"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
