// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

/** Is told of the leases that an orchestrator writes and ends. */
public interface LeaseListener {
    /** Does nothing. */
    LeaseListener NONE = new LeaseListener() {
        @Override
        public void kept(String instance, Lease lease) {}

        @Override
        public void ended(String instance, Lease lease) {}
    };

    /** A lease was written, for the first time or with a later end. */
    void kept(String instance, Lease lease);

    /**
     * A lease was ended.
     *
     * @param lease as it was before
     */
    void ended(String instance, Lease lease);
}
