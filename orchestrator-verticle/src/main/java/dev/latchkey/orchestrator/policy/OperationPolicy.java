// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Operation;
import java.time.Duration;
import java.util.List;

/**
 * One operation and how its tokens and keys live.
 *
 * @param operation its name and every address of it, those of the failover too
 * @param tokenLifetime how long a Service Token is valid
 * @param rotationInterval how long a provider key stays the active one
 * @param failover exact addresses that a caller may fall back to, in the order to try them; may be empty
 */
public record OperationPolicy(
        Operation operation, Duration tokenLifetime, Duration rotationInterval, List<String> failover) {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if a failover address is no exact address of the operation
     */
    public OperationPolicy {
        failover = List.copyOf(failover);
        failover.forEach(address -> checkBelongs(operation, address));
    }

    /**
     * The operation's name.
     *
     * @return such as {@code process_image}
     */
    public String name() {
        return operation.name();
    }

    private static void checkBelongs(Operation operation, String address) {
        if (!operation.addresses().contains(AddressPattern.parse(address))) {
            throw new IllegalArgumentException(
                    "failover '" + address + "' is no address of '" + operation.name() + "'; add it there");
        }
    }
}
