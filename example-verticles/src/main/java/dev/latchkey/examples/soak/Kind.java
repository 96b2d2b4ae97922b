// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.util.Locale;

/** The streams of messages that a caller sends. */
enum Kind {
    /** Requests, each of which is to be answered. */
    REQUEST("soak.request"),
    /** Sends that nobody answers. */
    SEND("soak.send"),
    /** Requests of instances that join for them, and leave again. */
    CHURN("soak.churn");

    private final String address;

    Kind(String address) {
        this.address = address;
    }

    String address() {
        return address;
    }

    /** The operation of the address. */
    String operation() {
        return address.replace('.', '_');
    }

    /** True when the messages of a stream are sent in the order of their numbers, by one instance. */
    boolean isOrdered() {
        return this != CHURN;
    }

    /** The name in files and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
