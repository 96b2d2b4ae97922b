// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTailTest {
    private static final JsonObject JSON = new JsonObject().put("a", 1);

    @Test
    void write_noSecret_isRead() {
        byte[] bytes = SecretTail.write(JSON, List.of());
        assertThat(SecretTail.json(bytes)).isEqualTo(JSON);
        assertThat(SecretTail.secrets(bytes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 1_000_000})
    void json_lengthBeyondTheBytes_isRefusedAsSuch(int excess) {
        byte[] bytes = SecretTail.write(JSON, List.of());
        ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES + excess);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretTail.json(bytes))
                .withMessageContaining("does not fit");
    }

    @Test
    void write_secrets_leavesThemAlive() {
        SecretBytes secret = SecretBytes.random(32);
        byte[] bytes = SecretTail.write(JSON, List.of(secret, secret));
        assertThat(SecretTail.secrets(bytes)).hasSize(2).allMatch(read -> read.sameAs(secret));
    }
}
