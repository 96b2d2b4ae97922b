// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.token.ServiceToken;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark sets up and does what it says it measures, so that none of them rots unnoticed. */
class BenchmarksTest {
    private static final int HEADER_AND_TAG = 34 + 16;

    @ParameterizedTest
    @ValueSource(ints = {256, 4096})
    void sealAndOpen_givesTheContentBack(int size) throws Exception {
        SealAndOpenBenchmark benchmark = new SealAndOpenBenchmark();
        benchmark.size = size;
        benchmark.setUp();
        assertThat(benchmark.seal().length()).isEqualTo(size + HEADER_AND_TAG);
        assertThat(benchmark.open()).isEqualTo(size);
        benchmark.tearDown();
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 4096})
    void cipher_givesTheContentBack(int size) throws Exception {
        CipherBenchmark benchmark = new CipherBenchmark();
        benchmark.size = size;
        benchmark.setUp();
        assertThat(benchmark.seal()).hasSize(size + 16);
        assertThat(benchmark.open()).startsWith(new byte[size]);
    }

    @Test
    void derive_givesTheSameKeysTwice() {
        DeriveBenchmark benchmark = new DeriveBenchmark();
        try (OperationKeys keys = benchmark.operationKeys();
                SecretBytes expected = keys.requestKey();
                SecretBytes requestKey = benchmark.requestKey()) {
            assertThat(requestKey.sameAs(expected)).isTrue();
        }
        benchmark.tearDown();
    }

    @Test
    void token_isReadAsItWasMinted() throws Exception {
        TokenBenchmark benchmark = new TokenBenchmark();
        ServiceToken minted = benchmark.mint();
        assertThat(benchmark.read().grant()).isEqualTo(minted.grant());
        assertThat(benchmark.openTicket().copy()).hasSize(32);
        benchmark.tearDown();
    }

    @Test
    void registration_isGranted() throws Exception {
        RegistrationBenchmark benchmark = new RegistrationBenchmark();
        assertThat(benchmark.roundTrip()).isInstanceOfSatisfying(Answer.Granted.class, granted -> {
            assertThat(granted.keys()).hasSize(2);
            granted.eraseKeys();
        });
        benchmark.tearDown();
    }

    @Test
    void generatedCode_knowsEveryBenchmark() {
        Set<BenchmarkListEntry> found = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());
        assertThat(found)
                .extracting(BenchmarkListEntry::getUserClassQName)
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .containsOnly(
                        "SealAndOpenBenchmark",
                        "CipherBenchmark",
                        "DeriveBenchmark",
                        "TokenBenchmark",
                        "RegistrationBenchmark",
                        "ReceiveBenchmark");
    }
}
