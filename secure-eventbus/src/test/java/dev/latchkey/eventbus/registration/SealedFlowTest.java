// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an instance took, as it stands in a question. */
class SealedFlowTest {
    private final SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);

    private Registration telling(List<SealedFlow> flows) {
        return new Registration(
                RegistrationKind.RENEW, 1, "web", "", "i", Set.of(), Set.of(), List.of(), seed, null, List.of(), flows);
    }

    private List<SealedFlow> read(List<SealedFlow> flows) {
        return RegistrationFormat.read(RegistrationFormat.write(telling(flows))).sealed();
    }

    @Test
    void flows_areReadAgain() {
        List<SealedFlow> flows =
                List.of(new SealedFlow("web", "greet", 0), new SealedFlow("shop", "count", Long.MAX_VALUE));
        assertThat(read(flows)).isEqualTo(flows);
    }

    @Test
    void flows_ofWhoTellsNone_areNotWritten() {
        assertThat(SecretTail.json(RegistrationFormat.write(telling(List.of()))).fieldNames())
                .doesNotContain("sealed");
        assertThat(read(List.of())).isEmpty();
    }

    @Test
    void flows_tooMany_areRefused() {
        List<SealedFlow> most = IntStream.range(0, SealedFlow.MOST)
                .mapToObj(i -> new SealedFlow("caller" + i, "greet", 1))
                .toList();
        assertThat(read(most)).hasSize(SealedFlow.MOST);
        JsonArray more = SealedFlowFormat.write(most)
                .add(new JsonArray().add("one").add("greet").add(1));
        assertThatThrownBy(() -> SealedFlowFormat.read(more)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[\"web\",\"greet\",-1]]",
                "[[null,\"greet\",1]]",
                "[[\"web\",null,1]]",
                "[[\"web\",\"greet\",null]]",
                "[[\"web\",\"greet\"]]",
                "[[\"web\",\"greet\",\"1\"]]",
                "[{}]",
                "[7]",
                "[null]"
            })
    void flow_thatIsNone_isRefused(String json) {
        assertThatThrownBy(() -> SealedFlowFormat.read(new JsonArray(json))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void flow_ofALaterVersion_mayHaveMore() {
        assertThat(SealedFlowFormat.read(new JsonArray("[[\"web\",\"greet\",1,\"later\"]]")))
                .containsExactly(new SealedFlow("web", "greet", 1));
    }
}
