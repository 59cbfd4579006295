package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of an answer, and which is refused. */
class LeanAnswerTest {

    @Test
    void whatIsNotReadIsLeftOut() throws IOException {
        assertThat(lean("""
                                {"nextLink":"n","more":[{"deep":[[]]}],"value":[null,{"id":"i","location":[],"properties":{"vmId":"v",
                                "provisioningState":null,"extended":{"a":{}},"instanceView":{"statuses":[{"level":{},"code":"c"}]}}}]}
                                """, AnswerShape.PAGE))
                .isEqualTo("{\"nextLink\":\"n\",\"value\":[null,{\"id\":\"i\",\"properties\":{\"vmId\":\"v\","
                        + "\"provisioningState\":null,\"instanceView\":{\"statuses\":[{\"code\":\"c\"}]}}}]}");
    }

    @Test
    void ofAnErrorItsCodesAreLeft() throws IOException {
        assertThat(lean(
                        "{\"error\":{\"code\":429,\"message\":[],\"details\":[{\"code\":\"d\",\"target\":{}}]}}",
                        AnswerShape.ERROR))
                .isEqualTo("{\"error\":{\"code\":\"429\",\"details\":[{\"code\":\"d\"}]}}");
        assertThat(lean("{\"code\":\"c\",\"innererror\":{}}", AnswerShape.ERROR))
                .isEqualTo("{\"code\":\"c\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void everyEncodingOfJsonIsRead(String charset) throws IOException {
        byte[] body = "{\"id\":\"Größe\"}".getBytes(Charset.forName(charset));

        assertThat(new String(LeanAnswer.of(body, AnswerShape.MACHINE), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"Größe\"}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"id\":[]} | another type",
                "{\"id\":{}} | another type",
                "{\"properties\":\"p\"} | another type",
                "{\"properties\":{\"instanceView\":[]}} | another type",
                "{\"properties\":{\"instanceView\":{\"statuses\":{}}}} | another type",
                "{\"properties\":{\"instanceView\":{\"statuses\":[\"PowerState/stopped\"]}}} | another type",
                "[] | another type",
                "\"\" | another type",
                "{\"id\":\"a\",\"id\":\"a\"} | twice",
                "{\"id\":\"a\"}{} | behind",
                "{\"id\":\"a\"}0 | behind"
            })
    void whatIsNotAsItMustBeIsRefused(String body, String why) {
        assertThatExceptionOfType(AnswerRefused.class)
                .isThrownBy(() -> lean(body, AnswerShape.MACHINE))
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"id\":", "{\"id\":\"a\"", "{\"id\":\"a\"]", "{\"a\":[1,}", "<xml/>", "{\"id\":\"a\"}}", "nul"
            })
    void whatIsNotJsonIsNotRead(String body) {
        assertThatIOException().isThrownBy(() -> lean(body, AnswerShape.MACHINE));
    }

    @Test
    void tooManyValuesAreRefused() {
        String body = "{\"value\":[" + "{},".repeat(LeanAnswer.MOST_VALUES) + "{}]}";

        assertThatExceptionOfType(AnswerRefused.class)
                .isThrownBy(() -> lean(body, AnswerShape.PAGE))
                .withMessageContaining("more than 1000000 values");
    }

    private static String lean(String body, AnswerShape shape) throws IOException {
        return new String(LeanAnswer.of(body.getBytes(StandardCharsets.UTF_8), shape), StandardCharsets.UTF_8);
    }
}
