// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import java.util.Locale;

/** The steps by which the orchestrators' signing key is replaced, so that at no moment anybody meets a token that he does not trust. */
public enum RotationStep {
    /** The next key is made and published, and signs nothing yet. */
    PREPARE,
    /** The next key signs. The one before stays published. */
    ACTIVATE,
    /** The one before is not published any more. */
    FINISH;

    /** As it is typed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
