// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.HpkeReceiver;
import dev.latchkey.eventbus.crypto.HpkeSender;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.json.JsonObject;

/** What a registration cannot cost less than, on this machine and JDK: one HPKE message opened; and one signature for each token. */
final class CryptoFloor {
    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 2_000;
    private static final byte[] INFO = {1};
    private static final byte[] MESSAGE = new byte[600];

    private CryptoFloor() {}

    static JsonObject measure() {
        try (HpkeKeyPair pair = HpkeKeyPair.generate();
                SigningKey signing = SigningKey.generate()) {
            HpkeSender sender = HpkeSender.to(pair.publicKey(), INFO);
            byte[] sealed = sender.seal(INFO, MESSAGE);
            byte[] encapsulated = sender.encapsulatedKey();
            return new JsonObject()
                    .put("hpkeOpenNanos", nanos(() -> open(pair, encapsulated, sealed)))
                    .put("signNanos", nanos(() -> signing.sign(MESSAGE)));
        }
    }

    private static void open(HpkeKeyPair pair, byte[] encapsulated, byte[] sealed) {
        try {
            HpkeReceiver.from(pair, encapsulated, INFO).open(INFO, sealed);
        } catch (OpenFailedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long nanos(Runnable action) {
        repeat(WARM_UP, action);
        long begun = System.nanoTime();
        repeat(MEASURED, action);
        return (System.nanoTime() - begun) / MEASURED;
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }
}
