// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

/** The event-bus addresses of the demo, as its policy secures them. */
public final class Addresses {
    /** Opens and closes batches. */
    public static final String BATCH = "image.batch";

    /** Followed by a batch's number: processes the images of that batch. */
    public static final String PROCESS_PREFIX = "image.process.";

    /** Scores what is known of an image. */
    public static final String RISK = "risk.calculate";

    private Addresses() {}
}
