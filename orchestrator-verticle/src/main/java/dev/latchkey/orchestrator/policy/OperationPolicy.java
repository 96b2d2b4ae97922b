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
 * @param outageGrace how long a token may be used past its end while no orchestrator is reached; zero for not at all
 */
public record OperationPolicy(
        Operation operation,
        Duration tokenLifetime,
        Duration rotationInterval,
        List<String> failover,
        Duration outageGrace) {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if a failover address is no exact address of the operation
     */
    public OperationPolicy {
        failover = List.copyOf(failover);
        failover.forEach(address -> checkBelongs(operation, address));
    }

    /** An operation whose tokens end when they end. */
    public OperationPolicy(
            Operation operation, Duration tokenLifetime, Duration rotationInterval, List<String> failover) {
        this(operation, tokenLifetime, rotationInterval, failover, Duration.ZERO);
    }

    /**
     * How long a token may be in use, from its making to the end of its grace.
     *
     * @return a positive duration
     */
    public Duration longestUse() {
        return tokenLifetime.plus(outageGrace);
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
