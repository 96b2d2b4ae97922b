// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressBook;
import dev.latchkey.eventbus.policy.Mode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A policy as its file words it: what the file sets, and nothing of what it leaves to defaults. Comments are not part of it.
 *
 * @param trustDomain such as {@code example.latchkey}
 * @param defaults the section {@code defaults}
 * @param breach the section {@code breach}
 * @param operations by their names, in the order of the file
 * @param services by their names, in the order of the file
 */
public record PolicyOutline(
        String trustDomain,
        Map<String, String> defaults,
        Map<String, String> breach,
        Map<String, OperationOutline> operations,
        Map<String, ServiceOutline> services) {

    /** Copies; the maps keep their order. */
    public PolicyOutline {
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        breach = Collections.unmodifiableMap(new LinkedHashMap<>(breach));
        operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    /**
     * A policy that allows nothing and observes everything.
     *
     * @throws IllegalArgumentException if the name is no trust domain; its message is {@code <problem>; <fix>}
     */
    public static PolicyOutline observing(String trustDomain) {
        Names.checkTrustDomain(trustDomain);
        return new PolicyOutline(
                trustDomain, Map.of(ModeSetting.UNLISTED.key(), Mode.OBSERVE.toString()), Map.of(), Map.of(), Map.of());
    }

    /**
     * Reads and checks a file, as {@link PolicyFile#load} does.
     *
     * @throws PolicyException if the file cannot be read or has any problem
     */
    public static PolicyOutline load(Path file) {
        Problems problems = new Problems(file);
        Located root = new Located(problems, 1, "", new YamlSource(file, problems).compose());
        PolicyReader.read(root);
        return OutlineReader.read(root);
    }

    /** True when addresses outside of every operation are observed. */
    public boolean observesUnlisted() {
        return Mode.OBSERVE.toString().equals(defaults.get(ModeSetting.UNLISTED.key()));
    }

    /** The operations, to be found by address; their modes are not in it. */
    public AddressBook addressBook() {
        return AddressBook.of(operations.entrySet().stream()
                .map(entry -> entry.getValue().operation(entry.getKey()))
                .toList());
    }
}
