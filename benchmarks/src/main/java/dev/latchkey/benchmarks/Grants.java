// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import java.util.List;

/** The grant that the benchmarks deal in, of the size that the demo's policy gives. */
final class Grants {
    static final String TRUST_DOMAIN = "bench.example";
    static final String OPERATION = "process_image";

    private static final long TIMESTAMP = 1_800_000_000_000L;
    private static final long SECONDS = TIMESTAMP / 1000;
    private static final long LIFETIME_SECONDS = 300;

    private Grants() {}

    static TokenGrant grant() {
        return new TokenGrant(
                new TokenId(1, 2),
                "gateway",
                OPERATION,
                List.of("image.process", "image.process.*"),
                1,
                TIMESTAMP,
                SECONDS,
                SECONDS + LIFETIME_SECONDS,
                List.of("image.process.backup"));
    }
}
