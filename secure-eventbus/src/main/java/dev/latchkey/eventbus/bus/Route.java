// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.policy.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that may serve a message, in order of preference: the one it was given, then the backups of its operation. A
 * message goes to each once at most.
 */
final class Route {
    private final AddressHealth health;
    private final List<String> untried;
    private int tried;

    Route(AddressHealth health, List<String> addresses) {
        this.health = health;
        this.untried = new ArrayList<>(addresses);
    }

    /**
     * The addresses of a message.
     *
     * @param failover the operation's backups, as the instance's token has them
     * @param operation as policy has it now, which may have changed since the token was made
     */
    static List<String> of(String address, List<String> failover, Operation operation) {
        List<String> addresses = new ArrayList<>(List.of(address));
        failover.stream()
                .filter(backup -> !backup.equals(address) && operation.covers(backup))
                .forEach(addresses::add);
        return addresses;
    }

    /** Where a request goes next. */
    String next() {
        return taken(health.choose(untried));
    }

    /** Where a message without an answer goes next. */
    String nextOneWay() {
        return taken(health.chooseOneWay(untried));
    }

    private String taken(String address) {
        untried.remove(address);
        tried++;
        return address;
    }

    boolean isExhausted() {
        return untried.isEmpty();
    }

    /** How many addresses are left. */
    int left() {
        return untried.size();
    }

    /** How many addresses were tried. */
    int tried() {
        return tried;
    }
}
