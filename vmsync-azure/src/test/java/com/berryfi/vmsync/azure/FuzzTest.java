package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.azure.Fuzz.Result;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A thousand of the profile's mutants; the same ones each time. */
class FuzzTest {

    private static final Proofs PROOFS = new Proofs(Set.of("ours"));

    @Test
    void nothingComesOfAThousandMutants() {
        try (Fuzz fuzz = new Fuzz(1)) {
            Result result = fuzz.run(1_000);

            assertThat(result.answers()).isGreaterThanOrEqualTo(1_000);
            assertThat(result.seen()).as("some mutants still say what is true").isPositive();
            assertThat(result.causes()).hasSizeGreaterThan(5);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "200, true, {\"statuses\":[{\"code\":\"powerstate/STOPPED\"}]}",
                "200, true, {\"code\":\"PowerState/deallocating\" <",
                "200, true, {\"vmId\":\"another\"}",
                "404, true, {\"error\":{\"code\":\"RESOURCENOTFOUND\"}}",
                "400, false, {\"error\":{\"code\":\"ResourceNotFound\"}}",
                "404, false, {\"error\":{\"code\":\"SubscriptionNotFound\"}}",
                "200, false, {\"vmId\":\"ours\"}",
                "200, false, < PowerState/stopped"
            })
    void aMutantThatProvesSomethingIsTold(int status, boolean contrary, String body) {
        Mutant mutant = new Mutant("", status, Map.of(), body.getBytes(StandardCharsets.UTF_8));

        assertThat(PROOFS.isContrary(mutant)).isEqualTo(contrary);
    }
}
