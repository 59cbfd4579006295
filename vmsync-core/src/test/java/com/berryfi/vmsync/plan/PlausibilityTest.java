package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.plan.Plausibility.LeftOut;
import java.time.Instant;
import java.util.List;
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
    void aListThatShrankToHalfIsDoubted() {
        assertThat(doubt(51, 5, 1, 100)).isEmpty();
        assertThat(doubt(49, 5, 1, 99)).contains("the list shrank from 99 to 49 machines, and 1 VMs are not explained");
        assertThat(doubt(49, 5, 1, 98)).isPresent();
    }

    @Test
    void aListThatLeavesOutMoreThanATenthOfWhatIsThereIsDoubted() {
        assertThat(doubt(80, 100, 10, 100)).isEmpty();
        assertThat(doubt(80, 100, 11, 100)).isPresent();
        assertThat(doubt(4, 5, 1, 5)).as("one may be on its way").isEmpty();
        assertThat(doubt(8, 10, 2, 10)).isPresent();
    }

    @Test
    void aListThatLeavesOutAsManyAsItNamesIsDoubted() {
        assertThat(doubt(1, 2, 1, 1)).isPresent();
        assertThat(doubt(2, 3, 1, 2)).isEmpty();
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
        assertThat(Plausibility.doubt(list(5), 2, new LeftOut(false, 1, 0), before))
                .as("five of nine")
                .isEmpty();
        assertThat(Plausibility.doubt(list(0), 1, new LeftOut(false, 1, 0), Optional.of(new Pass(SCOPE, NOW, 1))))
                .isEmpty();
        assertThat(Plausibility.doubt(list(0), 1, new LeftOut(false, 1, 0), Optional.of(new Pass(SCOPE, NOW, 2))))
                .isPresent();
        assertThat(Plausibility.doubt(list(6), 2, new LeftOut(false, 0, 0), before))
                .isEmpty();
    }

    private static Optional<String> doubt(int listed, int asked, int unexplained, int before) {
        return Plausibility.doubt(
                list(listed), asked, new LeftOut(true, 0, unexplained), Optional.of(new Pass(SCOPE, NOW, before)));
    }

    private static Reading list(int listed) {
        return Reading.complete(Map.of(), listed);
    }

    @Test
    void whatIsReadOneByOneLeavesNothingOutAndMeasuresNothing() {
        Reading oneByOne = Reading.complete(
                Map.of(
                        new Scene().managed().vm().address(),
                        new Evidence(Samples.seen(PowerState.RUNNING), ReadKind.DIRECT, NOW, Optional.empty())),
                0);
        LeftOut none = new LeftOut(false, 0, 0);

        assertThat(Plausibility.doubt(oneByOne, 1, none, Optional.of(new Pass(SCOPE, NOW, 100))))
                .isEmpty();
        assertThat(Plausibility.measure(oneByOne, 1, none, Optional.of(new Pass(SCOPE, NOW, 100))))
                .isEqualTo(100);
        assertThat(Plausibility.measure(oneByOne, 1, none, Optional.empty())).isEqualTo(1);
    }

    @Test
    void whatAListLeftOutAndIsThereCountsAsListed() {
        assertThat(Plausibility.measure(list(90), 100, new LeftOut(true, 3, 7), Optional.empty()))
                .isEqualTo(97);
    }

    @Test
    void aListThatWasAskedForAllIsExplainedByWhatADirectReadDoesNotFind() {
        List<Facts> unlisted = List.of(notFound(1, NOW), found());

        assertThat(LeftOut.of(true, unlisted, Optional.empty())).isEqualTo(new LeftOut(true, 1, 1));
    }

    @Test
    void anotherListIsExplainedOnlyByWhatIsProvenMissingAndWasThere() {
        Pass last = new Pass(SCOPE, NOW.minusSeconds(600), 100);
        Facts once = notFound(1, NOW.minusSeconds(300));
        Facts proven = notFound(3, NOW.minusSeconds(300));
        Facts longGone = notFound(3, NOW.minusSeconds(900));

        assertThat(LeftOut.of(false, List.of(once), Optional.of(last))).isEqualTo(new LeftOut(false, 0, 0));
        assertThat(LeftOut.of(false, List.of(proven), Optional.of(last))).isEqualTo(new LeftOut(false, 1, 0));
        assertThat(LeftOut.of(false, List.of(longGone), Optional.of(last))).isEqualTo(new LeftOut(false, 0, 0));
        assertThat(LeftOut.of(false, List.of(longGone), Optional.empty())).isEqualTo(new LeftOut(false, 1, 0));
    }

    /** A machine that so many direct reads, over some minutes, did not find. */
    private static Facts notFound(int reads, Instant provenAt) {
        Scene scene = Scene.inUse(PowerState.UNKNOWN);
        scene.observation = Scene.missing();
        scene.proven = Optional.of(provenAt);
        scene.run = Optional.of(new Run(
                Run.Subject.MISSING, NOW.minusSeconds(200), NOW, reads, Optional.of(NOW.minusSeconds(200)), reads));
        return scene.facts();
    }

    private static Facts found() {
        return Scene.inUse(PowerState.RUNNING).facts();
    }
}
