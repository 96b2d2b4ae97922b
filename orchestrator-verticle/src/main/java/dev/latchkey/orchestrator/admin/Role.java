// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator may do. Each role may do what those before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Rotates, revokes, ends quarantines. */
    OPERATOR,
    /** Changes policy. */
    ADMIN;

    /** True when this role may do what needs the other. */
    boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The highest role among names, of which those that are none count for nothing. */
    static Optional<Role> highest(Collection<String> names) {
        return Stream.of(values())
                .filter(role -> names.contains(role.toString()))
                .reduce((lower, higher) -> higher);
    }

    /** The role of this name, if there is one. */
    public static Optional<Role> named(String name) {
        return Stream.of(values()).filter(role -> role.toString().equals(name)).findFirst();
    }

    /** In lower case, as tokens and people have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
