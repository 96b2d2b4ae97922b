// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;

/** Something that a soak can be asked to show. */
interface Scenario {
    /**
     * Shows it.
     *
     * @param say takes a line for people on how it goes on
     */
    SoakReport run(SoakSize size, Consumer<String> say) throws IOException, GeneralSecurityException, NodeException;
}
