package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.plan.Plausibility.LeftOut;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlausibilityTest {

    @Test
    void aListThatBrokeOffProvesNothingWhateverItNamed() {
        Reading broken = Reading.incomplete(
                Map.of(), 100, new Observation.Unknown(UnknownCause.SERVER_ERROR, ""), Optional.empty());

        assertThat(Plausibility.doubt(broken, 100, new LeftOut(true, 0, 0), Optional.empty()))
                .contains("the list was not read to its end");
    }

    @Test
    void aListThatLeavesNothingUnexplainedIsBelievedHoweverShort() {
        assertThat(doubt(0, 5, 0, 100)).isEmpty();
        assertThat(doubt(1, 5, 0, 100)).isEmpty();
    }

    @Test
    void anEmptyListIsDoubtedWhileAVmIsUnexplained() {
        assertThat(doubt(0, 5, 1, 0)).contains("the list is empty, and 1 VMs are not explained");
        assertThat(Plausibility.doubt(list(0), 1, new LeftOut(true, 0, 1), Optional.empty()))
                .isPresent();
    }

    @Test
    void aListThatShrankToLessThanHalfIsDoubted() {
        assertThat(doubt(50, 5, 1, 100)).isEmpty();
        assertThat(doubt(49, 5, 1, 99)).contains("the list shrank from 99 to 49 machines, and 1 VMs are not explained");
        assertThat(doubt(49, 5, 1, 98)).isEmpty();
    }

    @Test
    void aListThatLeavesOutMoreThanATenthOfWhatIsThereIsDoubted() {
        assertThat(doubt(80, 100, 10, 100)).isEmpty();
        assertThat(doubt(80, 100, 11, 100)).isPresent();
        assertThat(doubt(4, 5, 1, 5)).as("one may be on its way").isEmpty();
        assertThat(doubt(8, 10, 2, 10)).isPresent();
    }

    @Test
    void theFirstListIsMeasuredByWhatItWasAskedFor() {
        assertThat(Plausibility.doubt(list(3), 6, new LeftOut(true, 2, 1), Optional.empty()))
                .isEmpty();
        assertThat(Plausibility.doubt(list(2), 5, new LeftOut(true, 0, 3), Optional.empty()))
                .contains("the list shrank from 5 to 2 machines, and 3 VMs are not explained");
    }

    @Test
    void aShortListIsNotExplainedByNamingTheFewItWasAskedFor() {
        Optional<Pass> before = Optional.of(new Pass(SCOPE, NOW, 10));
        assertThat(Plausibility.doubt(list(4), 2, new LeftOut(false, 0, 0), before))
                .isPresent();
        assertThat(Plausibility.doubt(list(4), 2, new LeftOut(true, 0, 0), before))
                .isEmpty();
        assertThat(Plausibility.doubt(list(4), 2, new LeftOut(false, 1, 0), before))
                .as("four of nine")
                .isPresent();
        assertThat(Plausibility.doubt(list(4), 2, new LeftOut(false, 2, 0), before))
                .as("four of eight")
                .isEmpty();
        assertThat(Plausibility.doubt(list(0), 1, new LeftOut(false, 1, 0), Optional.of(new Pass(SCOPE, NOW, 1))))
                .isEmpty();
        assertThat(Plausibility.doubt(list(0), 1, new LeftOut(false, 1, 0), Optional.of(new Pass(SCOPE, NOW, 2))))
                .isPresent();
        assertThat(Plausibility.doubt(list(5), 2, new LeftOut(false, 0, 0), before))
                .isEmpty();
    }

    private static Optional<String> doubt(int listed, int asked, int unexplained, int before) {
        return Plausibility.doubt(
                list(listed), asked, new LeftOut(true, 0, unexplained), Optional.of(new Pass(SCOPE, NOW, before)));
    }

    private static Reading list(int listed) {
        return Reading.complete(Map.of(), listed);
    }
}
