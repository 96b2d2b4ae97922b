// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import java.util.List;

/** What an orchestrator answers. */
public sealed interface Answer {
    /** The orchestrator's clock, milliseconds since 1970. */
    long orchestratorTime();

    /**
     * Granted: all that the instance needs.
     *
     * @param instance the instance's name
     * @param leaseExpiresAt milliseconds since 1970, orchestrator time
     * @param renewAfter milliseconds from now until the instance should renew
     * @param operations every operation of the trust domain
     * @param unlisted the mode of addresses that belong to none of them
     * @param tokens one for each operation that the instance invokes, in compact form
     * @param keys the provider keys in use, and the next ones, of each operation that it provides
     * @param revocations all that is revoked, as the last notice said
     * @param directoryKeys what opens the directories of the operations that it invokes, as many epochs of each as it has keys
     */
    record Granted(
            long orchestratorTime,
            String instance,
            long leaseExpiresAt,
            long renewAfter,
            List<Operation> operations,
            Mode unlisted,
            List<String> tokens,
            List<ProviderKey> keys,
            Revocations revocations,
            List<DirectoryKey> directoryKeys)
            implements Answer {

        /** Copies the lists. */
        public Granted {
            operations = List.copyOf(operations);
            tokens = List.copyOf(tokens);
            keys = List.copyOf(keys);
            directoryKeys = List.copyOf(directoryKeys);
        }

        /** Without any directory. */
        public Granted(
                long orchestratorTime,
                String instance,
                long leaseExpiresAt,
                long renewAfter,
                List<Operation> operations,
                Mode unlisted,
                List<String> tokens,
                List<ProviderKey> keys,
                Revocations revocations) {
            this(
                    orchestratorTime,
                    instance,
                    leaseExpiresAt,
                    renewAfter,
                    operations,
                    unlisted,
                    tokens,
                    keys,
                    revocations,
                    List.of());
        }

        /** Erases the keys that the answer brought. */
        public void eraseKeys() {
            keys.forEach(key -> key.secret().close());
            directoryKeys.forEach(key -> key.secret().close());
        }

        /** Never shows tokens or keys. */
        @Override
        public String toString() {
            return "Granted[" + instance + ", " + tokens.size() + " tokens, " + keys.size() + " keys]";
        }
    }

    /**
     * Denied.
     *
     * @param detail for people
     */
    record Denied(long orchestratorTime, DenialReason reason, String detail) implements Answer {}
}
