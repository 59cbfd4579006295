package com.berryfi.vmsync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlarmTest {

    @Test
    void theFirstFailureIsNews() {
        assertThat(Alarm.isNews(Optional.empty(), UnknownCause.TIMED_OUT)).isTrue();
    }

    @Test
    void aPassingTroubleIsOneHoweverItShowsItself() {
        Optional<Alarm> standing = Optional.of(new Alarm(SyncKind.QUICK, UnknownCause.TIMED_OUT));
        assertThat(Alarm.isNews(standing, UnknownCause.SERVER_ERROR)).isFalse();
        assertThat(Alarm.isNews(standing, UnknownCause.NOT_REACHED)).isFalse();
        assertThat(Alarm.isNews(standing, UnknownCause.LEFT_ALONE)).isFalse();
    }

    @Test
    void aRefusalIsAnotherMatterAndEachRefusalOneOfItsOwn() {
        Optional<Alarm> outage = Optional.of(new Alarm(SyncKind.QUICK, UnknownCause.TIMED_OUT));
        Optional<Alarm> refused = Optional.of(new Alarm(SyncKind.QUICK, UnknownCause.FORBIDDEN));
        assertThat(Alarm.isNews(outage, UnknownCause.FORBIDDEN)).isTrue();
        assertThat(Alarm.isNews(refused, UnknownCause.FORBIDDEN)).isFalse();
        assertThat(Alarm.isNews(refused, UnknownCause.SUBSCRIPTION_UNREADABLE)).isTrue();
        assertThat(Alarm.isNews(refused, UnknownCause.TIMED_OUT)).isTrue();
    }

    @Test
    void itEndsWithTheKindOfSyncThatRaisedItOrWithAFullOne() {
        assertThat(new Alarm(SyncKind.QUICK, UnknownCause.OTHER).endsWith(SyncKind.QUICK))
                .isTrue();
        assertThat(new Alarm(SyncKind.QUICK, UnknownCause.OTHER).endsWith(SyncKind.FULL))
                .isTrue();
        assertThat(new Alarm(SyncKind.FULL, UnknownCause.OTHER).endsWith(SyncKind.QUICK))
                .isFalse();
        assertThat(new Alarm(SyncKind.FULL, UnknownCause.OTHER).endsWith(SyncKind.FULL))
                .isTrue();
    }
}
