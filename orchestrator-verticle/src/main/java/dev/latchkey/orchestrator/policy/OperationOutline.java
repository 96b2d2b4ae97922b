// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Operation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An operation as a policy file words it.
 *
 * @param addresses as they are listed, without those of the failover
 * @param failover as it is listed
 * @param settings what the file sets by a single value, such as {@code tokenLifetime}
 * @param modes addresses or patterns and their modes
 */
public record OperationOutline(
        List<String> addresses, List<String> failover, Map<String, String> settings, Map<String, String> modes) {

    /** Copies; the maps keep their order. */
    public OperationOutline {
        addresses = List.copyOf(addresses);
        failover = List.copyOf(failover);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        modes = Collections.unmodifiableMap(new LinkedHashMap<>(modes));
    }

    /** An operation of one address or pattern, with a mode. */
    public static OperationOutline of(String address, String mode) {
        return new OperationOutline(List.of(address), List.of(), Map.of(ModeSetting.OPERATION.key(), mode), Map.of());
    }

    Operation operation(String name) {
        return new Operation(
                name,
                Stream.concat(addresses.stream(), failover.stream())
                        .distinct()
                        .map(AddressPattern::parse)
                        .toList());
    }
}
