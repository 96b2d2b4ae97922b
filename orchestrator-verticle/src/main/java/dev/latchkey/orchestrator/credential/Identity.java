// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

/**
 * What a credential proved.
 *
 * @param service the service that its bearer is
 */
public record Identity(String service) {}
