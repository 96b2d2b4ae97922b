// SPDX-License-Identifier: Apache-2.0
/** Watches every AES-GCM seal of a JVM from below: the providers of cryptography, with no change to the product. */
@NullMarked
package dev.latchkey.orchestrator.ledger;

import org.jspecify.annotations.NullMarked;
