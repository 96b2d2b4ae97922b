// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Modes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the modes of one operation: {@code mode} and {@code modes}.
 *
 * <p>Every address has one mode, whatever the order of the file: exact addresses come before patterns, and no two patterns of
 * {@code modes} may meet.
 */
final class ModesReader {
    private static final String EXCEPTIONS = "modes";

    private final Map<AddressPattern, Mode> exact = new LinkedHashMap<>();
    private final Map<AddressPattern, Mode> patterns = new LinkedHashMap<>();
    private final Collection<AddressPattern> addresses;
    private final boolean addressesAreSound;

    private ModesReader(Collection<AddressPattern> addresses, boolean addressesAreSound) {
        this.addresses = addresses;
        this.addressesAreSound = addressesAreSound;
    }

    /**
     * Reads the modes.
     *
     * @param section the operation
     * @param fallback its mode if it sets none
     * @param addresses its well-formed addresses
     * @param addressesAreSound false if others were refused: what seems foreign may belong to one of those
     */
    static Modes read(Section section, Mode fallback, Collection<AddressPattern> addresses, boolean addressesAreSound) {
        ModesReader reader = new ModesReader(addresses, addressesAreSound);
        section.find(EXCEPTIONS).ifPresent(all -> all.entries().forEach(reader::read));
        return new Modes(ModeSetting.OPERATION.read(section, fallback), reader.exceptions());
    }

    private Map<AddressPattern, Mode> exceptions() {
        Map<AddressPattern, Mode> exceptions = new LinkedHashMap<>(exact);
        exceptions.putAll(patterns);
        return exceptions;
    }

    private void read(String text, Located where) {
        Optional<Mode> mode = ModeSetting.OPERATION.parse(where);
        where.check(() -> {
            AddressPattern pattern = AddressPattern.parse(text);
            checkBelongs(pattern);
            checkAlone(pattern);
            mode.ifPresent(found -> (pattern.isExact() ? exact : patterns).put(pattern, found));
        });
    }

    private void checkBelongs(AddressPattern pattern) {
        boolean belongs = addresses.contains(pattern)
                || (pattern.isExact() && addresses.stream().anyMatch(own -> own.matches(pattern.toString())));
        if (addressesAreSound && !belongs) {
            throw new IllegalArgumentException("'" + pattern + "' belongs to no address of this operation; name one of "
                    + addresses + (pattern.isExact() ? ", or an address that one of them matches" : ""));
        }
    }

    private void checkAlone(AddressPattern pattern) {
        if (pattern.isExact()) {
            return;
        }
        patterns.keySet().stream().filter(pattern::overlaps).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException(
                    "'" + pattern + "' overlaps '" + other + "'; let every address have one mode");
        });
    }
}
