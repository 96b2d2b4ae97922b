// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is quarantined, as part of what is revoked. */
class QuarantineTest {
    private static final Revocations BEFORE = new Revocations(9, 8, Map.of("i1", 70L), Map.of(), Map.of("resize", 3L));

    @Test
    void quarantined_isRevokedAndBarred_untilItsEnd() {
        Revocations told = BEFORE.withQuarantined("i2", "c2", 60, 10);
        assertThat(told.number()).isEqualTo(10);
        assertThat(told.previous()).isEqualTo(9);
        assertThat(told.revokes("i2", "web", 59)).isTrue();
        assertThat(told.revokes("i2", "web", 60)).isFalse();
        assertThat(told.quarantine().holds("i2", 59)).isTrue();
        assertThat(told.quarantine().holds("i2", 60)).isFalse();
        assertThat(told.quarantine().bars("c2", 59)).isTrue();
        assertThat(told.quarantine().bars("c2", 60)).isFalse();
    }

    @Test
    void others_stayAsTheyWere() {
        Revocations told = BEFORE.withQuarantined("i2", "c2", 60, 10);
        assertThat(told.instances()).containsEntry("i1", 70L);
        assertThat(told.floors()).isEqualTo(BEFORE.floors());
        assertThat(told.quarantine().holds("i1", 10)).isFalse();
        assertThat(told.quarantine().bars("c1", 10)).isFalse();
        assertThat(told.quarantine().bars("", 10)).isFalse();
    }

    @Test
    void ofUnknownCredential_barsNobody() {
        assertThat(BEFORE.withQuarantined("i2", "", 60, 10).quarantine().credentials())
                .isEmpty();
    }

    @Test
    void barred_revokesNoInstance() {
        Revocations told = BEFORE.withBarred("c2", 60, 10);
        assertThat(told.instances()).isEqualTo(BEFORE.instances());
        assertThat(told.quarantine().bars("c2", 59)).isTrue();
    }

    @Test
    void laterChange_keepsIt_andForgetsWhatHasEnded() {
        Revocations told = BEFORE.withQuarantined("i2", "c2", 60, 10).withBarred("c3", 90, 11);
        assertThat(told.withFloors(Map.of("resize", 4L), 20).quarantine()).isEqualTo(told.quarantine());
        assertThat(told.withInstance("i4", 99, 60).quarantine()).isEqualTo(new Quarantine(Map.of(), Map.of("c3", 90L)));
    }

    @Test
    void lifted_byInstance_freesItAndItsCredential() {
        Revocations told = BEFORE.withQuarantined("i2", "c2", 60, 10).withQuarantined("i3", "c3", 60, 11);
        Revocations lifted = told.lifted("i2", 12);
        assertThat(lifted.number()).isEqualTo(12);
        assertThat(lifted.previous()).isEqualTo(11);
        assertThat(lifted.instances()).containsOnlyKeys("i1", "i3");
        assertThat(lifted.quarantine().instances()).containsOnlyKeys("i3");
        assertThat(lifted.quarantine().credentials()).containsOnlyKeys("c3");
    }

    @Test
    void lifted_byCredential_freesAllThatRegisteredWithIt() {
        Revocations told = BEFORE.withQuarantined("i2", "c2", 60, 10)
                .withQuarantined("i3", "c2", 60, 11)
                .withQuarantined("i4", "", 60, 12);
        Revocations lifted = told.lifted("c2", 13);
        assertThat(lifted.instances()).containsOnlyKeys("i1", "i4");
        assertThat(lifted.quarantine().credentials()).isEmpty();
    }

    /** What an operator revoked by hand is none of a quarantine's. */
    @Test
    void lifted_ofARevokedInstance_changesNothing() {
        assertThat(BEFORE.lifted("i1", 12).instances()).isEqualTo(BEFORE.instances());
    }

    @Test
    void json_isReadAgain_andLacksWhatIsEmpty() {
        Revocations told = BEFORE.withQuarantined("i2", "c2", 60, 10).withBarred("c3", 90, 11);
        assertThat(Revocations.fromJson(new JsonObject(told.toJson().encode()))).isEqualTo(told);
        assertThat(BEFORE.toJson().containsKey("quarantine")).isFalse();
        assertThat(Revocations.fromJson(BEFORE.toJson())).isEqualTo(BEFORE);
    }

    @Test
    void size_ofBoth_isTheirSum_andEitherNameIsFound() {
        Quarantine quarantine = BEFORE.withQuarantined("i2", "c2", 60, 10)
                .withBarred("c3", 90, 11)
                .quarantine();
        assertThat(quarantine.size()).isEqualTo(3);
        assertThat(quarantine.contains("i2")).isTrue();
        assertThat(quarantine.contains("c3")).isTrue();
        assertThat(quarantine.contains("i1")).isFalse();
        assertThat(Quarantine.none().size()).isZero();
    }

    /** Two changes in one millisecond have two numbers. */
    @Test
    void lifted_atTheTimeOfTheChangeBefore_hasAHigherNumber() {
        Revocations told = BEFORE.withQuarantined("i2", "c2", 60, 10);
        assertThat(told.lifted("i2", 10).number()).isEqualTo(11);
    }

    @Test
    void startedAt_anyTime_isTheSameStateUnderThatNumber() {
        Revocations told = BEFORE.withQuarantined("i2", "c2", 60, 10);
        assertThat(told.startedAt(50))
                .isEqualTo(
                        new Revocations(50, 10, told.instances(), told.services(), told.floors(), told.quarantine()));
    }

    @Test
    void nextState_leavesOutWhatEndsThisVeryMillisecond() {
        assertThat(BEFORE.withFloors(Map.of(), 69).instances()).containsOnlyKeys("i1");
        assertThat(BEFORE.withFloors(Map.of(), 70).instances()).isEmpty();
    }
}
