// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import java.util.Locale;

/** How bad it is. */
public enum Level {
    /** As it should be. */
    OK,
    /** It works, but not as well as it could, or not for long. */
    WARN,
    /** It does not work, or is not safe. */
    FAIL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
