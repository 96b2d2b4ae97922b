// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.registration.SealedFlow;
import dev.latchkey.eventbus.token.GrantMaker;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each message is told once, to whoever tells of its operation; what was not told is told later. */
class SealedFlowsTest {
    private final SealedFlows flows = new SealedFlows();

    private void count(String caller, String operation, int messages) {
        flows.counter(new GrantMaker().service(caller).operation(operation).make())
                .add(messages);
    }

    @Test
    void take_tellsEachMessageOnce() {
        count("web", "greet", 2);
        count("web", "greet", 1);
        assertThat(flows.take(Set.of("greet"))).containsExactly(new SealedFlow("web", "greet", 3));
        assertThat(flows.take(Set.of("greet"))).isEmpty();
        count("web", "greet", 1);
        assertThat(flows.take(Set.of("greet"))).containsExactly(new SealedFlow("web", "greet", 1));
    }

    @Test
    void take_tellsOfTheOperationsOfWhoAsksOnly() {
        count("web", "greet", 1);
        count("web", "count", 2);
        assertThat(flows.take(Set.of("count"))).containsExactly(new SealedFlow("web", "count", 2));
        assertThat(flows.take(Set.of("greet"))).containsExactly(new SealedFlow("web", "greet", 1));
    }

    @Test
    void giveBack_isToldAgain_withWhatCameMeanwhile() {
        count("web", "greet", 2);
        List<SealedFlow> untold = flows.take(Set.of("greet"));
        count("web", "greet", 1);
        flows.giveBack(untold);
        assertThat(flows.take(Set.of("greet"))).containsExactly(new SealedFlow("web", "greet", 3));
    }

    @Test
    void take_tooManyAtOnce_tellsTheLargest_andTheOthersLater() {
        IntStream.rangeClosed(1, SealedFlow.MOST + 1).forEach(i -> count("caller" + i, "greet", i));
        assertThat(flows.take(Set.of("greet")))
                .hasSize(SealedFlow.MOST)
                .doesNotContain(new SealedFlow("caller1", "greet", 1))
                .startsWith(new SealedFlow("caller" + (SealedFlow.MOST + 1), "greet", SealedFlow.MOST + 1));
        assertThat(flows.take(Set.of("greet"))).containsExactly(new SealedFlow("caller1", "greet", 1));
    }

    @Test
    void counters_areBounded() {
        IntStream.range(0, SealedFlows.MOST).forEach(i -> count("caller" + i, "greet", 1));
        count("one too many", "count", 1);
        assertThat(flows.take(Set.of("count"))).isEmpty();
        count("caller0", "greet", 1);
        assertThat(flows.take(Set.of("greet"))).contains(new SealedFlow("caller0", "greet", 2));
    }
}
