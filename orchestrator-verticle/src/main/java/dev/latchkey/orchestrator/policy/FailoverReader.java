// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Modes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the backup addresses of one operation: {@code failover}.
 *
 * <p>Each is an address of the operation like any other, so that its providers hold the keys, and may consume there; and it is
 * sealed as the others are, as what was meant for a sealed address must not lie open at another.
 */
final class FailoverReader {
    static final String KEY = "failover";

    /** A request tries one after the other, and a token that carries all of them has an end of its own. */
    static final int MOST = 8;

    private FailoverReader() {}

    /**
     * The well-formed backups in order of preference, and where they are.
     *
     * @param addresses those of the operation, which the backups join
     */
    static Map<String, Located> read(Section section, Map<AddressPattern, Located> addresses) {
        Map<String, Located> failover = new LinkedHashMap<>();
        section.find(KEY).ifPresent(list -> {
            list.patterns().forEach((pattern, where) -> read(pattern, where, addresses, failover));
            checkNumber(list, failover.size());
        });
        return failover;
    }

    private static void read(
            AddressPattern pattern,
            Located where,
            Map<AddressPattern, Located> addresses,
            Map<String, Located> failover) {
        if (!pattern.isExact()) {
            where.refuse("'" + pattern + "' has a wildcard; a failover must be one exact address");
        }
        addresses.putIfAbsent(pattern, where);
        failover.put(pattern.toString(), where);
    }

    private static void checkNumber(Located list, int number) {
        if (number > MOST) {
            list.refuse(number + " backups are too many; list at most " + MOST);
        }
    }

    /** Reports backups that would be open where the operation is sealed. */
    static void checkSealed(Map<String, Located> failover, Modes modes) {
        boolean seals =
                modes.general().seals() || modes.exceptions().values().stream().anyMatch(Mode::seals);
        failover.forEach((address, where) -> {
            if (seals && !modes.at(address).seals()) {
                where.refuse("'" + address + "' has mode " + modes.at(address)
                        + ", which does not seal, and others of the operation do; give it mode strict or permissive");
            }
        });
    }
}
