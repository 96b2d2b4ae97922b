// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.orchestrator.notice.Noticed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Violations that two orchestrators keep in one map, which members of the cluster can write. */
class OffenceBookTest {
    private static final String PARTY = "0123456789abcdef";
    private static final int MOST = 5;

    private final Vertx vertx = Vertx.vertx();
    private final SecretBytes key = SecretBytes.random(32);
    private final Noticed noticed = new Noticed();
    private AsyncMap<String, Object> map;
    private OffenceBook first;
    private OffenceBook second;

    @BeforeEach
    void open() {
        map = await(vertx.sharedData().<String, Object>getLocalAsyncMap("breaches"));
        first = book();
        second = book();
    }

    private OffenceBook book() {
        return new OffenceBook(sealed());
    }

    private SealedMap sealed() {
        return new SealedMap("breaches", map, key, noticed);
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private static Offence offence(String name, long at) {
        return new Offence("greet", name, at);
    }

    private static long added(OffenceBook book, Offence... offences) {
        return await(book.add(PARTY, List.of(offences), 0, MOST)).after().at("greet");
    }

    @Test
    void violations_ofBothOrchestrators_areCountedTogether() {
        assertThat(added(first, offence("a", 1))).isEqualTo(1);
        assertThat(added(second, offence("b", 2))).isEqualTo(2);
        assertThat(added(first, offence("c", 3))).isEqualTo(3);
    }

    @Test
    void violation_thatIsToldAgain_isOne_andAsOldAsAtFirst() {
        added(first, offence("a", 1));
        assertThat(added(second, offence("a", 9))).isEqualTo(1);
        assertThat(await(first.add(PARTY, List.of(), 2, MOST)).after().all()).isEmpty();
    }

    @Test
    void violations_thatAreAddedAtOnce_areAllKept() {
        List<Future<OffenceBook.Change>> changes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            OffenceBook book = i % 2 == 0 ? first : second;
            changes.add(book.add(PARTY, List.of(offence("m" + i, i)), 0, 10));
        }
        await(Future.join(changes));
        assertThat(await(book().add(PARTY, List.of(), 0, 10)).after().at("greet"))
                .isEqualTo(10);
    }

    @Test
    void orchestrator_thatStartsAnew_findsWhatWasCounted() {
        added(first, offence("a", 1), offence("b", 2));
        assertThat(added(book(), offence("c", 3))).isEqualTo(3);
    }

    @Test
    void record_thatIsDeletedOrPutBack_isMendedByWhoRemembers() {
        added(first, offence("a", 1));
        Object old = await(map.get(PARTY));
        added(first, offence("b", 2));
        await(map.put(PARTY, old));
        assertThat(added(first, offence("c", 3))).isEqualTo(3);
        await(map.remove(PARTY));
        assertThat(added(first, offence("d", 4))).isEqualTo(4);
        assertThat(added(second, offence("e", 5))).isEqualTo(5);
    }

    @Test
    void record_thatSomebodyForged_countsForNothing_andRaisesAnAlarm() {
        await(map.put(PARTY, "nonsense"));
        assertThat(added(first, offence("a", 1))).isEqualTo(1);
        assertThat(noticed.of(Alarm.TAMPERED_RECORD)).isPositive();
        assertThat(added(second, offence("b", 2))).isEqualTo(2);
    }

    @Test
    void record_ofAnotherParty_countsForNothing() {
        added(first, offence("a", 1), offence("b", 2));
        await(map.put("other", await(map.get(PARTY))));
        assertThat(await(second.add("other", List.of(offence("c", 3)), 0, MOST))
                        .after()
                        .at("greet"))
                .isEqualTo(1);
    }

    @Test
    void violations_beyondTheMost_pushOutTheOldest_alsoOfWhatIsRemembered() {
        for (int i = 0; i < 3 * MOST; i++) {
            added(first, offence("m" + i, i));
        }
        await(map.remove(PARTY));
        Offences left = await(first.add(PARTY, List.of(), 0, MOST)).after();
        assertThat(left.all()).extracting(Offence::name).containsExactly("m10", "m11", "m12", "m13", "m14");
    }

    /** A liar at one operation must not crowd out what is told at others. */
    @Test
    void floodAtOneOperation_leavesTheOthers() {
        added(first, new Offence("count", "x", 1));
        for (int i = 0; i < 3 * MOST; i++) {
            added(first, offence("m" + i, 2 + i));
        }
        assertThat(await(first.add(PARTY, List.of(), 0, MOST)).after().at("count"))
                .isEqualTo(1);
    }

    @Test
    void operations_areBounded() {
        for (int i = 0; i < 2 * Offences.MAX_OPERATIONS; i++) {
            await(first.add(PARTY, List.of(new Offence("o" + i, "x", i)), 0, MOST));
        }
        assertThat(await(first.add(PARTY, List.of(), 0, MOST)).after().all()).hasSize(Offences.MAX_OPERATIONS);
    }

    @Test
    void settled_countsNoMore_atEitherOrchestrator() {
        added(first, offence("a", 1), offence("b", 2));
        added(second, offence("c", 3));
        await(first.settle(PARTY, 5));
        assertThat(added(second, offence("d", 9))).isEqualTo(1);
        assertThat(added(first, offence("a", 4))).isEqualTo(1);
    }

    @Test
    void ended_leavesTheMap_andTheLivingStay() {
        added(first, offence("a", 1));
        await(first.add("living", List.of(offence("b", 20)), 0, MOST));
        await(second.forgetEnded(10));
        await().until(() -> await(map.keys()).equals(java.util.Set.of("living")));
        assertThat(added(second, offence("c", 30))).isEqualTo(1);
    }

    @Test
    void parties_beyondWhatIsRemembered_areInTheMapAlone() {
        OffenceBook small = new OffenceBook(sealed(), 2);
        for (int i = 0; i < 10; i++) {
            await(small.add("party" + i, List.of(offence("a", 1)), 0, MOST));
        }
        assertThat(noticed.of(Bound.BREACHES_REMEMBERED)).isEqualTo(8);
        assertThat(await(small.add("party0", List.of(offence("b", 2)), 0, MOST))
                        .after()
                        .at("greet"))
                .isEqualTo(2);
    }
}
