// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

/** Where a token stands in time. */
public enum Validity {
    /** Its time has not come. */
    NOT_YET,
    /** It may be used. */
    VALID,
    /** Its time has passed. */
    EXPIRED
}
