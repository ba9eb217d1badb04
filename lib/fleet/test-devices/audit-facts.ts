import type { AuditFact } from "#foundation/audit/model";
import type { TestDevice } from "#fleet/test-devices/model";
import { testDeviceIdentity } from "#fleet/test-devices/model";

/** The audit fact of a change of a test device. */
export function testDeviceFact(
  action: Extract<AuditFact["action"], `test_device.${string}`>,
  device: TestDevice,
): AuditFact {
  return {
    action,
    subject: { kind: "test_device", id: device.id, name: testDeviceIdentity(device) },
    facts: { identifierType: device.identifierType, identifier: device.identifier },
  };
}
