// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Requests and their answers. */
class ExampleContractTest extends BusContract {
    @Test
    void request_isAnswered() {
        this.<String>consume(message -> message.reply("Hello " + message.body()));
        assertThat(await(sender.<String>request(address, "Ada")).body()).isEqualTo("Hello Ada");
    }
}
