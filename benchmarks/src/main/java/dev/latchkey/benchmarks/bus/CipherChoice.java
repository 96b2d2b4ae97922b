// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.eventbus.crypto.CipherProvider;

/** Whose AES-GCM a node seals and opens with: the one that Latchkey prefers on this machine, or the JDK's. */
final class CipherChoice {
    private static final String OF_THE_JDK = "SunJCE";

    private CipherChoice() {}

    /** True where the preferred one, of which the launcher's class path has a build for one kind of machine, does not run. */
    static boolean isOfTheJdk() {
        return CipherProvider.provider().getName().equals(OF_THE_JDK);
    }

    /** Has this JVM seal and open as the mode asks for. */
    static void makeFor(BusMode mode) {
        if (mode == BusMode.SEALED_JDK) {
            System.setProperty(CipherProvider.PROPERTY, OF_THE_JDK);
        }
    }
}
