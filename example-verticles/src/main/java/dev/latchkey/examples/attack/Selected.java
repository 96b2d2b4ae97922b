// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An attack that somebody chose, with its family. */
record Selected(Family family, Attack attack) {
    /**
     * The attacks of a field, in order.
     *
     * @param only a family's name, or else part of an attack's; null for all
     */
    static List<Selected> from(Field field, @Nullable String only) {
        List<Family> families = Families.of(field);
        boolean isFamily = families.stream().anyMatch(family -> family.name().equals(only));
        return families.stream()
                .flatMap(family -> family.attacks().stream().map(attack -> new Selected(family, attack)))
                .filter(selected -> only == null || selected.is(only, isFamily))
                .toList();
    }

    private boolean is(String only, boolean isFamily) {
        return isFamily ? family.name().equals(only) : attack.name().contains(only);
    }

    /** For people. */
    String line() {
        String name = attack.control() ? "(control) " + attack.name() : attack.name();
        return String.format(Locale.ROOT, "  %-13s %-50s %s", family.name(), name, attack.tried());
    }
}
