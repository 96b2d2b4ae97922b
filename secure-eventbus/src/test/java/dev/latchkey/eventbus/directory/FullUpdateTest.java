// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.NodeAddress;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A full table, with names as long as they may be, still fits into one message. */
class FullUpdateTest {
    private final DirectoryBox box = new DirectoryBox("a".repeat(63), 1, SecretBytes.random(32));
    private final SigningKey key = SigningKey.generate();

    private static String name(int number) {
        return HexFormat.of().toHexDigits((long) number);
    }

    private static ProviderEntry living(int number) {
        String id = "n".repeat(120) + String.format("%08d", number);
        NodeAddress node = new NodeAddress(id, "h".repeat(255), 65_535);
        return ProviderEntry.living(name(number), "s".repeat(63), node, 9_999_999_999_999L);
    }

    @Test
    void whole_ofAFullTable_isSealedAndOpened() throws Exception {
        List<ProviderEntry> all = Stream.concat(
                        IntStream.range(0, ProviderTable.MAX_LIVING).mapToObj(FullUpdateTest::living),
                        IntStream.range(0, ProviderTable.MAX_ENDED)
                                .mapToObj(number -> ProviderEntry.ended(name(1_000_000 + number), 9_999_999_999_999L)))
                .toList();
        DirectoryUpdate update = new DirectoryUpdate("0123456789abcdef", 1, 1, Map.of("0123456789abcdef", 1L), all);
        Buffer sealed = box.seal(update, key, "test.example");
        assertThat(DirectoryBox.claimedEpoch(sealed)).isEqualTo(1);
        assertThat(box.open(sealed, List.of(key.verifyingKey()), "test.example").entries())
                .hasSize(all.size());
    }
}
