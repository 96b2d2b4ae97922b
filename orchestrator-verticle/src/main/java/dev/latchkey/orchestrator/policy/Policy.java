// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressBook;
import dev.latchkey.eventbus.policy.Mode;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a trust domain permits. Immutable; a change of policy is another policy. What it does not name is denied. */
public final class Policy {

    private final String trustDomain;
    private final Duration leaseDuration;
    private final Mode unlisted;
    private final Map<String, OperationPolicy> operations;
    private final Map<String, ServicePolicy> services;
    private final AddressBook addressBook;
    private final BreachPolicy breach;

    /**
     * Makes a policy of its parts.
     *
     * @param trustDomain such as {@code example.latchkey}
     * @param leaseDuration how long a registration lasts unless it is renewed
     * @param operations every operation, in the order that {@link #operations} keeps
     * @param services every service, in the order that {@link #services} keeps
     * @throws IllegalArgumentException if two operations or two services have one name, or two operations claim one
     *     address
     */
    public Policy(
            String trustDomain,
            Duration leaseDuration,
            Collection<OperationPolicy> operations,
            Collection<ServicePolicy> services) {
        this(trustDomain, leaseDuration, Mode.OFF, operations, services);
    }

    /**
     * Makes a policy of its parts, with a mode for the addresses that belong to no operation.
     *
     * @param trustDomain such as {@code example.latchkey}
     * @param leaseDuration how long a registration lasts unless it is renewed
     * @param unlisted {@link Mode#OFF} or {@link Mode#OBSERVE}
     * @param operations every operation, in the order that {@link #operations} keeps
     * @param services every service, in the order that {@link #services} keeps
     * @throws IllegalArgumentException if two operations or two services have one name, two operations claim one address,
     *     or the mode is another
     */
    public Policy(
            String trustDomain,
            Duration leaseDuration,
            Mode unlisted,
            Collection<OperationPolicy> operations,
            Collection<ServicePolicy> services) {
        this(trustDomain, leaseDuration, unlisted, operations, services, BreachPolicy.standard());
    }

    private Policy(
            String trustDomain,
            Duration leaseDuration,
            Mode unlisted,
            Collection<OperationPolicy> operations,
            Collection<ServicePolicy> services,
            BreachPolicy breach) {
        this.breach = breach;
        this.trustDomain = trustDomain;
        this.leaseDuration = leaseDuration;
        this.unlisted = unlisted;
        this.operations = byName(operations, OperationPolicy::name);
        this.services = byName(services, ServicePolicy::name);
        this.addressBook = AddressBook.of(
                operations.stream().map(OperationPolicy::operation).toList(), unlisted);
    }

    /**
     * The same policy with another threshold of violations.
     *
     * @return another policy
     */
    public Policy with(BreachPolicy threshold) {
        return new Policy(trustDomain, leaseDuration, unlisted, operations.values(), services.values(), threshold);
    }

    /**
     * From when on violations are a breach, and what then happens.
     *
     * @return {@link BreachPolicy#standard} unless set
     */
    public BreachPolicy breach() {
        return breach;
    }

    /**
     * The services that may provide an operation: all that can come to hold its keys.
     *
     * @param operation the name of an operation, known or not
     * @return their names; none for an unknown operation
     */
    public Set<String> providersOf(String operation) {
        return services.values().stream()
                .filter(service -> service.provides().contains(operation))
                .map(ServicePolicy::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The security realm that this policy is for.
     *
     * @return a lower-case DNS name
     */
    public String trustDomain() {
        return trustDomain;
    }

    /**
     * How long a registration lasts unless it is renewed.
     *
     * @return a positive duration
     */
    public Duration leaseDuration() {
        return leaseDuration;
    }

    /**
     * The mode of addresses that belong to no operation.
     *
     * @return {@link Mode#OFF} or {@link Mode#OBSERVE}
     */
    public Mode unlisted() {
        return unlisted;
    }

    /**
     * Every operation by its name, in the order of the file.
     *
     * @return an unmodifiable map
     */
    public Map<String, OperationPolicy> operations() {
        return operations;
    }

    /**
     * Every service by its name, in the order of the file.
     *
     * @return an unmodifiable map
     */
    public Map<String, ServicePolicy> services() {
        return services;
    }

    /**
     * The operations, to be found by address.
     *
     * @return always the same book
     */
    public AddressBook addressBook() {
        return addressBook;
    }

    /**
     * Says whether a service may receive and answer messages of an operation.
     *
     * @param service the name of a service, known or not
     * @param operation the name of an operation, known or not
     * @return true only if policy says so
     */
    public boolean mayProvide(String service, String operation) {
        ServicePolicy policy = services.get(service);
        return policy != null && policy.provides().contains(operation);
    }

    /**
     * Says whether a service may send messages of an operation.
     *
     * @param service the name of a service, known or not
     * @param operation the name of an operation, known or not
     * @return true only if policy says so
     */
    public boolean mayInvoke(String service, String operation) {
        ServicePolicy policy = services.get(service);
        return policy != null && policy.invokes().contains(operation);
    }

    private static <T> Map<String, T> byName(Collection<T> policies, Function<T, String> name) {
        Map<String, T> byName = new LinkedHashMap<>();
        policies.forEach(policy -> putOnce(byName, name.apply(policy), policy));
        return Collections.unmodifiableMap(byName);
    }

    private static <T> void putOnce(Map<String, T> byName, String name, T policy) {
        if (byName.putIfAbsent(name, policy) != null) {
            throw new IllegalArgumentException("the name '" + name + "' appears twice; rename one");
        }
    }
}
