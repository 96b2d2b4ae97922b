// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.time.Duration;

/**
 * Keys may rotate no faster than providers hear of them.
 *
 * <p>A provider learns the next key when it renews its lease, at half of the lease. A faster rotation would make keys
 * active that a provider has never seen, and messages would be refused.
 */
final class RotationRule {

    private RotationRule() {}

    static void check(Located where, Duration rotation, Duration lease) {
        if (rotation.multipliedBy(2).compareTo(lease) < 0) {
            where.refuse(
                    "rotationInterval " + Durations.format(rotation) + " would outrun the providers, which learn the"
                            + " next key when they renew, at half of leaseDuration " + Durations.format(lease)
                            + "; make it at least " + Durations.format(half(lease)) + " or shorten leaseDuration");
        }
    }

    private static Duration half(Duration lease) {
        return Duration.ofMillis((lease.toMillis() + 1) / 2);
    }
}
