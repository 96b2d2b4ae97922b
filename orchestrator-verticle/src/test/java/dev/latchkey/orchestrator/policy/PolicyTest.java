// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Operation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyTest {

    private static final OperationPolicy READ = operation("read", "data.read");
    private static final ServicePolicy STORE = new ServicePolicy("store", Set.of("read"), Set.of());
    private static final ServicePolicy PAGE = new ServicePolicy("page", Set.of(), Set.of("read"));
    private static final Policy POLICY = policy(List.of(READ), List.of(STORE, PAGE));

    @ParameterizedTest
    @CsvSource({"store, read, true", "page, read, false", "store, write, false", "nobody, read, false"})
    void mayProvide_onlyWhatIsNamed(String service, String operation, boolean may) {
        assertThat(POLICY.mayProvide(service, operation)).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({"page, read, true", "store, read, false", "page, write, false", "nobody, read, false"})
    void mayInvoke_onlyWhatIsNamed(String service, String operation, boolean may) {
        assertThat(POLICY.mayInvoke(service, operation)).isEqualTo(may);
    }

    @Test
    void addressBook_isTheOperations() {
        assertThat(POLICY.addressBook().operationAt("data.read")).isEqualTo(READ.operation());
        assertThat(POLICY.addressBook()).isSameAs(POLICY.addressBook());
    }

    @Test
    void maps_areUnmodifiable() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> POLICY.operations().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> POLICY.services().clear());
    }

    @Test
    void new_sameOperationTwice_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(List.of(READ, operation("read", "other")), List.of()))
                .withMessage("the name 'read' appears twice; rename one");
    }

    @Test
    void new_sameServiceTwice_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> policy(List.of(), List.of(STORE, STORE)));
    }

    @Test
    void new_overlap_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(List.of(READ, operation("all", "data.*")), List.of()));
    }

    @Test
    void service_callerChangesItsSet_staysAsItWas() {
        Set<String> mine = new HashSet<>(Set.of("read"));
        ServicePolicy service = new ServicePolicy("store", mine, Set.of());
        mine.clear();
        assertThat(service.provides()).containsExactly("read");
    }

    @Test
    void service_malformedName_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ServicePolicy("a b", Set.of(), Set.of()));
    }

    @Test
    void operation_foreignFailover_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OperationPolicy(
                        READ.operation(), Duration.ofMinutes(1), Duration.ofHours(1), List.of("data.write")))
                .withMessage("failover 'data.write' is no address of 'read'; add it there");
    }

    private static Policy policy(List<OperationPolicy> operations, List<ServicePolicy> services) {
        return new Policy("example.latchkey", Duration.ofMinutes(5), operations, services);
    }

    private static OperationPolicy operation(String name, String address) {
        Operation operation = new Operation(name, List.of(AddressPattern.parse(address)));
        return new OperationPolicy(operation, Duration.ofMinutes(1), Duration.ofHours(1), List.of());
    }
}
