// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonObject;

/**
 * How many there are of what one provider's messages differ in.
 *
 * @param callers instances that send, all in one JVM
 * @param operations of {@link OperationsPolicy}, which they invoke in turn; 0 where the policy is that of the other benchmarks
 */
record CrowdSize(int callers, int operations) {
    static final String CALLERS = "callers";
    static final String OPERATIONS = "operations";

    static final CrowdSize ONE = ofCallers(1);

    static CrowdSize ofCallers(int callers) {
        return new CrowdSize(callers, 0);
    }

    static CrowdSize ofOperations(int operations) {
        return new CrowdSize(1, operations);
    }

    /** What there is a number of. */
    private String counted() {
        return operations == 0 ? CALLERS : OPERATIONS;
    }

    /** How many there are of it. */
    int number() {
        return operations == 0 ? callers : operations;
    }

    JsonObject toJson() {
        return new JsonObject().put(counted(), number());
    }

    @Override
    public String toString() {
        return counted() + ": " + number();
    }
}
