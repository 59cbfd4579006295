package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.event.ReadableScope;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.event.UnreadableScope;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.UnknownCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A scope that cannot be read is told of once, however many VMs it has and however long it lasts. */
class AlarmsTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();
    private final List<String> heard = new ArrayList<>();

    @Test
    void oneAlarmWhenItBeginsAndOneAllClear() {
        startListening();
        for (int i = 0; i < 50; i++) {
            backend.inUse("vm-" + i);
        }
        backend.full();
        fails(UnknownCause.TIMED_OUT);
        cycles(12);
        fails(UnknownCause.SERVER_ERROR);
        cycles(12);
        assertThat(heard).containsExactly("TIMED_OUT");

        backend.cloud.heal(SCOPE);
        cycles(12);
        assertThat(heard).containsExactly("TIMED_OUT", "readable");
    }

    @Test
    void anotherMatterIsAnotherAlarm() {
        startListening();
        backend.inUse("a");
        fails(UnknownCause.TIMED_OUT);
        cycles(3);
        fails(UnknownCause.UNAUTHENTICATED);
        cycles(3);
        assertThat(heard).containsExactly("TIMED_OUT", "UNAUTHENTICATED");
    }

    private void startListening() {
        backend.start(builder -> builder.withListener(new SyncListener() {
            @Override
            public void onUnreadableScope(UnreadableScope event) {
                heard.add(event.failure().cause().toString());
            }

            @Override
            public void onReadableScope(ReadableScope event) {
                heard.add("readable");
            }
        }));
    }

    private void fails(UnknownCause cause) {
        backend.cloud.fail(SCOPE, new Observation.Unknown(cause, "as planned"), Optional.empty());
    }

    private void cycles(int count) {
        for (int i = 0; i < count; i++) {
            backend.quickAfter(HALF_A_MINUTE);
            if (i % 10 == 0) {
                backend.full();
            }
        }
    }
}
