// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far policy is enforced at an address, so that a running system can move over to it step by step. */
public enum Mode {
    /** Messages go as they would without Latchkey, and nothing is noted. */
    OFF,
    /** Messages go as they would without Latchkey, and are counted by service and address. */
    OBSERVE,
    /** Whoever has a token seals; plaintext is accepted, counted and logged. */
    PERMISSIVE,
    /** Only sealed messages pass. */
    STRICT;

    /**
     * The mode of a name.
     *
     * @param name as {@link #toString} writes it
     * @throws IllegalArgumentException if there is none; its message is {@code <problem>; <fix>}
     */
    public static Mode named(String name) {
        for (Mode mode : values()) {
            if (mode.toString().equals(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no mode; write one of " + names());
    }

    private static String names() {
        return Arrays.stream(values()).map(Mode::toString).collect(Collectors.joining(", "));
    }

    /** True when a plaintext message may pass. */
    public boolean passesPlaintext() {
        return this != STRICT;
    }

    /** True when a sender that has a token seals. */
    public boolean seals() {
        return this == PERMISSIVE || this == STRICT;
    }

    /** True when plaintext that passes is counted. */
    public boolean counts() {
        return this == OBSERVE || this == PERMISSIVE;
    }

    /** The name in a policy: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
