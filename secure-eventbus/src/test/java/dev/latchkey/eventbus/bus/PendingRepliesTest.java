// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who waits is found at its address, however many wait, and whoever has come and gone at the same place. */
class PendingRepliesTest extends GuardedTest {
    private static final int MANY = 3 * PendingReplies.PLACES;

    private final PendingReplies waiting = new PendingReplies();

    private PendingReply at(String address) {
        return new PendingReply(address, new RequestCarrier(member, text("x")));
    }

    private PendingReply put(String address) {
        PendingReply pending = at(address);
        waiting.put(pending);
        return pending;
    }

    /** Two that have one place: their hash codes are equal. */
    private static final String ONE = "__vertx.reply.Aa";

    private static final String OTHER = "__vertx.reply.BB";

    @Test
    void get_ofWhatWaits_isIt_andOfAnythingElseIsNothing() {
        PendingReply pending = put(ONE);
        assertThat(waiting.get(ONE)).isSameAs(pending);
        assertThat(waiting.get(OTHER)).isNull();
        assertThat(waiting.get(ADDRESS)).isNull();
        assertThat(waiting.size()).isOne();
    }

    @Test
    void remove_once() {
        PendingReply pending = put(ONE);
        assertThat(waiting.remove(OTHER)).isNull();
        assertThat(waiting.remove(ONE)).isSameAs(pending);
        assertThat(waiting.remove(ONE)).isNull();
        assertThat(waiting.get(ONE)).isNull();
        assertThat(waiting.size()).isZero();
    }

    @Test
    void twoOfOnePlace_areBothFound() {
        assertThat(ONE).hasSameHashCodeAs(OTHER);
        PendingReply one = put(ONE);
        PendingReply other = put(OTHER);
        assertThat(waiting.get(ONE)).isSameAs(one);
        assertThat(waiting.get(OTHER)).isSameAs(other);
        assertThat(waiting.size()).isEqualTo(2);
    }

    @Test
    void twoOfOnePlace_theFirstGoes_theOtherIsStillFound() {
        put(ONE);
        PendingReply other = put(OTHER);
        waiting.remove(ONE);
        assertThat(waiting.get(ONE)).isNull();
        assertThat(waiting.get(OTHER)).isSameAs(other);
        PendingReply again = put(ONE);
        assertThat(waiting.remove(OTHER)).isSameAs(other);
        assertThat(waiting.get(ONE)).isSameAs(again);
    }

    @Test
    void many_areAllFound_andAllGo() {
        List<PendingReply> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(put("__vertx.reply." + i));
        }
        assertThat(waiting.size()).isEqualTo(MANY);
        assertThat(waiting.isFull()).isFalse();
        List<PendingReply> seen = new ArrayList<>();
        waiting.forEach(seen::add);
        assertThat(seen).hasSize(MANY);
        // As sets, since to look for each in a list takes half a minute.
        assertThat(Set.copyOf(seen)).isEqualTo(Set.copyOf(all));
        all.forEach(pending -> assertThat(waiting.get(pending.address())).isSameAs(pending));
        all.forEach(pending -> assertThat(waiting.remove(pending.address())).isSameAs(pending));
        assertThat(waiting.size()).isZero();
    }
}
