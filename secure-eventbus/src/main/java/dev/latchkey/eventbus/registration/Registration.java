// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.crypto.SecretBytes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an instance asks of an orchestrator.
 *
 * @param kind what it wants
 * @param sentAt when it asked, milliseconds since 1970 by its own clock
 * @param service the service that it says it is
 * @param credential proves that; empty when the seed proves the instance instead
 * @param instance the instance's name, empty for one that registers
 * @param provides operations that it wants to provide
 * @param invokes operations that it wants to invoke
 * @param observed plaintext messages of the instance's service, and of code around it, since it last told
 * @param seed the instance's seed
 * @param node where the instance runs; null when it is on no cluster, or does not say
 * @param violations what it saw of other instances, in a report
 * @param sealed sealed messages that the instance took since it last told
 */
public record Registration(
        RegistrationKind kind,
        long sentAt,
        String service,
        String credential,
        String instance,
        Set<String> provides,
        Set<String> invokes,
        List<Observation> observed,
        SecretBytes seed,
        @Nullable NodeAddress node,
        List<Violation> violations,
        List<SealedFlow> sealed) {

    /** Bytes of a seed. */
    public static final int SEED_LENGTH = 32;

    /** A registration that tells of no plaintext. */
    public Registration(
            RegistrationKind kind,
            long sentAt,
            String service,
            String credential,
            String instance,
            Set<String> provides,
            Set<String> invokes,
            SecretBytes seed) {
        this(kind, sentAt, service, credential, instance, provides, invokes, List.of(), seed);
    }

    /** A registration of an instance that does not say where it runs. */
    public Registration(
            RegistrationKind kind,
            long sentAt,
            String service,
            String credential,
            String instance,
            Set<String> provides,
            Set<String> invokes,
            List<Observation> observed,
            SecretBytes seed) {
        this(kind, sentAt, service, credential, instance, provides, invokes, observed, seed, null);
    }

    /** A registration that tells of no violation. */
    public Registration(
            RegistrationKind kind,
            long sentAt,
            String service,
            String credential,
            String instance,
            Set<String> provides,
            Set<String> invokes,
            List<Observation> observed,
            SecretBytes seed,
            @Nullable NodeAddress node) {
        this(kind, sentAt, service, credential, instance, provides, invokes, observed, seed, node, List.of());
    }

    /** A registration that tells of no sealed messages. */
    public Registration(
            RegistrationKind kind,
            long sentAt,
            String service,
            String credential,
            String instance,
            Set<String> provides,
            Set<String> invokes,
            List<Observation> observed,
            SecretBytes seed,
            @Nullable NodeAddress node,
            List<Violation> violations) {
        this(
                kind,
                sentAt,
                service,
                credential,
                instance,
                provides,
                invokes,
                observed,
                seed,
                node,
                violations,
                List.of());
    }

    /** Copies the collections. */
    public Registration {
        provides = Set.copyOf(provides);
        invokes = Set.copyOf(invokes);
        observed = List.copyOf(observed);
        violations = List.copyOf(violations);
        sealed = List.copyOf(sealed);
    }

    /** Never shows credential or seed. */
    @Override
    public String toString() {
        return "Registration[" + kind + " " + service + " " + instance + "]";
    }
}
