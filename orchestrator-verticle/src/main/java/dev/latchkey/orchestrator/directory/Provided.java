// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.directory;

import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.ServicePolicy;
import dev.latchkey.orchestrator.state.Lease;
import java.util.Set;
import java.util.stream.Collectors;

/** Which operations an instance provides: what it declared, as far as policy allows it now. */
final class Provided {
    private Provided() {}

    static Set<String> by(Lease lease, Policy policy) {
        ServicePolicy service = policy.services().get(lease.service());
        if (service == null) {
            return Set.of();
        }
        return service.provides().stream().filter(lease::mayProvide).collect(Collectors.toUnmodifiableSet());
    }
}
