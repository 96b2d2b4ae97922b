// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.ledger;

/** Watches both implementations of AES-GCM that Latchkey uses: the JDK's for messages and boxes, Bouncy Castle's for HPKE. */
public final class SealWatch {
    private final NonceLedger ledger = new NonceLedger();
    private final HpkeWatch hpke = new HpkeWatch(ledger);

    private SealWatch() {}

    /** Watches this JVM from now on. To be called before the product's classes are used, in a JVM of its own. */
    public static SealWatch install() {
        SealWatch watch = new SealWatch();
        WatchedProvider.install(watch.ledger);
        watch.hpke.install();
        return watch;
    }

    /** What was sealed so far. */
    public NonceLedger ledger() {
        return ledger;
    }

    /** How many of the seals were HPKE's. */
    public long hpkeSeals() {
        return hpke.seals();
    }
}
