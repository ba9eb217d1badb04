import { expect, test } from "vitest";
import { isDevicePath } from "#phones/device-api/is-device-path";

test.each([
  ["/api/update/check", true],
  ["/api/update/external/files/a", true],
  ["/api/update", true],
  ["/api/%75pdate/check", true],
  ["/api%2Fupdate/check", true],
  ["/api/update%2Fcheck", true],
  ["/API/Update/check", true],
  ["/api%5Cupdate%5Ccheck", true],
  ["/x%2f..%2fapi/update/check", true],
  ["/x%2F%2e%2e%2Fapi/update/check", true],
  ["/x/../api/update/check", true],
  ["//api/update/check", true],
  ["/api/./update/check", true],
  ["/api/updates", false],
  ["/updates", false],
  ["/api/imports", false],
  ["/%", false],
  ["/RequestHandler/ucdevice.upx", true],
  ["/REQUESTHANDLEREXT/Files/a", true],
  ["/deviceupdatefiles_int/a", true],
  ["/DeviceUpdateFiles_Ext", true],
  ["/%52equestHandler/ucdevice.upx", true],
  ["/RequestHandler%2Fucdevice.upx", true],
  ["/RequestHandlers/ucdevice.upx", false],
  ["/devices", false],
])("%s: %s", (pathname, expected) => {
  expect(isDevicePath(pathname)).toBe(expected);
});
