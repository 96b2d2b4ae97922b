// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Headers of messages and of their answers. */
class HeadersContractTest extends BusContract {
    @Test
    void noHeaders_areAnEmptyMultiMap() {
        assertThat(arrived(new DeliveryOptions()).isEmpty()).isTrue();
    }

    @Test
    void header_arrives() {
        MultiMap arrived = arrived(new DeliveryOptions().addHeader("name", "Ada"));
        assertThat(lines(arrived)).containsExactly("name=Ada");
    }

    @Test
    void valuesOfOneName_keepTheirOrder() {
        DeliveryOptions options =
                new DeliveryOptions().addHeader("n", "2").addHeader("n", "1").addHeader("n", "2");
        assertThat(arrived(options).getAll("n")).containsExactly("2", "1", "2");
    }

    @Test
    void names_keepTheirOrder() {
        DeliveryOptions options =
                new DeliveryOptions().addHeader("z", "1").addHeader("a", "2").addHeader("m", "3");
        assertThat(lines(arrived(options))).containsExactly("z=1", "a=2", "m=3");
    }

    @Test
    void lookup_ignoresCase() {
        MultiMap arrived = arrived(new DeliveryOptions().addHeader("Content-Type", "text"));
        assertThat(arrived.get("CONTENT-type")).isEqualTo("text");
        assertThat(arrived.contains("content-type")).isTrue();
    }

    @Test
    void name_keepsItsCase() {
        assertThat(arrived(new DeliveryOptions().addHeader("Content-Type", "text"))
                        .names())
                .containsExactly("Content-Type");
    }

    @Test
    void manyHeaders_allArrive() {
        MultiMap many = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < 200; i++) {
            many.add("name" + i, "value" + i);
        }
        assertThat(lines(arrived(headers(many)))).containsExactlyElementsOf(lines(many));
    }

    @Test
    void unicode_arrives() {
        DeliveryOptions options = new DeliveryOptions().addHeader("jméno", "žluťoučký кот 漢字 😀");
        assertThat(arrived(options).get("jméno")).isEqualTo("žluťoučký кот 漢字 😀");
    }

    @Test
    void emptyValue_arrivesAsEmpty() {
        assertThat(arrived(new DeliveryOptions().addHeader("name", "")).get("name"))
                .isEmpty();
    }

    @Test
    void headersOfANullBody_arrive() {
        consume(message -> message.reply(message.headers().get("name")));
        DeliveryOptions options = new DeliveryOptions().addHeader("name", "Ada");
        assertThat(await(sender.request(address, null, options)).body()).isEqualTo("Ada");
    }

    @Test
    void publish_bringsHeadersToEveryConsumer() {
        List<String> arrived = new CopyOnWriteArrayList<>();
        consume(message -> arrived.addAll(message.headers().getAll("n")));
        consume(message -> arrived.addAll(message.headers().getAll("n")));
        sender.publish(address, "Ada", new DeliveryOptions().addHeader("n", "1").addHeader("n", "2"));
        await().untilAsserted(() -> assertThat(arrived).containsExactlyInAnyOrder("1", "2", "1", "2"));
    }

    @Test
    void producer_sendsHeadersOfItsOptions() {
        List<String> arrived = new CopyOnWriteArrayList<>();
        consume(message -> arrived.add(message.headers().get("name")));
        await(sender.sender(address, new DeliveryOptions().addHeader("name", "Ada"))
                .write("Hello"));
        await().untilAsserted(() -> assertThat(arrived).containsExactly("Ada"));
    }

    @Test
    void reply_bringsHeaders() {
        consume(message ->
                message.reply("Hello", new DeliveryOptions().addHeader("n", "1").addHeader("N", "2")));
        assertThat(await(sender.request(address, "Ada")).headers().getAll("n")).containsExactly("1", "2");
    }

    @Test
    void reply_bringsNoneOfTheRequestsHeaders() {
        consume(message -> message.reply("Hello"));
        DeliveryOptions options = new DeliveryOptions().addHeader("name", "Ada");
        assertThat(await(sender.request(address, "Ada", options)).headers().isEmpty())
                .isTrue();
    }

    @Test
    void replyAndRequest_bringsHeadersBothWays() {
        Promise<Message<Object>> last = Promise.promise();
        consume(message -> message.replyAndRequest("who?", new DeliveryOptions().addHeader("turn", "2"))
                .onComplete(last));
        Message<Object> answer = await(sender.request(address, "Ada"));
        answer.reply("Bob", new DeliveryOptions().addHeader("turn", "3"));
        assertThat(answer.headers().get("turn")).isEqualTo("2");
        assertThat(await(last.future()).headers().get("turn")).isEqualTo("3");
    }

    @Test
    void receiversChanges_stayWithTheReceiver() {
        consume(message -> {
            message.headers().set("name", "Bob").add("more", "yes");
            message.reply(message.headers().get("name"));
        });
        DeliveryOptions options = new DeliveryOptions().addHeader("name", "Ada");
        assertThat(await(sender.request(address, "Hello", options)).body()).isEqualTo("Bob");
        assertThat(lines(options.getHeaders())).containsExactly("name=Ada");
    }

    @Test
    void changesOfOneConsumer_reachNoOtherOfAPublish() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            String mine = "consumer" + i;
            consume(message -> sizes.add(message.headers().add(mine, "was here").size()));
        }
        sender.publish(address, "Ada", new DeliveryOptions().addHeader("name", "Ada"));
        await().untilAsserted(() -> assertThat(sizes).containsExactly(2, 2, 2));
    }

    @Test
    void headers_areTheSameMultiMapEachTime() {
        consume(message -> {
            message.headers().add("mine", "kept");
            message.reply(message.headers().get("mine"));
        });
        assertThat(await(sender.request(address, "Ada")).body()).isEqualTo("kept");
    }

    @Test
    void options_mayBeChangedBetweenMessages() {
        DeliveryOptions options = new DeliveryOptions().addHeader("n", "1");
        consume(message -> message.reply(message.headers().entries().size()));
        await(sender.request(address, "Ada", options));
        assertThat(await(sender.request(address, "Bob", options.addHeader("n", "2")))
                        .body())
                .isEqualTo(2);
    }

    @Test
    void optionsHeaders_areUnchangedAfterSending() {
        MultiMap mine = MultiMap.caseInsensitiveMultiMap().add("a", "1").add("b", "2");
        DeliveryOptions options = headers(mine);
        arrived(options);
        assertThat(options.getHeaders()).isSameAs(mine);
        assertThat(lines(mine)).containsExactly("a=1", "b=2");
    }

    @Test
    void optionsWithoutHeaders_haveNoneAfterSending() {
        DeliveryOptions options = new DeliveryOptions();
        arrived(options);
        assertThat(options.getHeaders()).isNull();
    }

    /** The headers that a request with the options brings. */
    private MultiMap arrived(DeliveryOptions options) {
        Promise<MultiMap> arrived = Promise.promise();
        consume(message -> {
            arrived.tryComplete(message.headers());
            message.reply("got it");
        });
        await(sender.request(address, "Ada", options));
        return await(arrived.future());
    }

    private static DeliveryOptions headers(MultiMap headers) {
        return new DeliveryOptions().setHeaders(headers);
    }

    private static List<String> lines(MultiMap headers) {
        return headers.entries().stream()
                .map(header -> header.getKey() + "=" + header.getValue())
                .toList();
    }
}
