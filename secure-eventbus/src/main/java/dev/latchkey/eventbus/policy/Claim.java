// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

/** One operation's claim to the addresses of one pattern. */
record Claim(AddressPattern pattern, Operation operation) {

    /** True if some address would belong to two operations; an operation may overlap itself. */
    boolean disputes(Claim other) {
        return !operation.equals(other.operation) && pattern.overlaps(other.pattern);
    }
}
