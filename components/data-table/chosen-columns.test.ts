import { expect, test } from "vitest";
import {
  findColumnsCookie,
  readChosenColumns,
  toColumnsCookie,
} from "#components/data-table/chosen-columns";

test("chosen columns survive their cookie, and a list without a choice takes no place in it", () => {
  const chosen = { devices: { site: false, pool: true }, "test-devices": { createdBy: false } };

  const cookie = toColumnsCookie({ ...chosen, checks: {} });

  expect(cookie).toMatch(
    /^columns=@devices\.-site\.\+pool@test-devices\.-createdBy; path=\/; max-age=\d+; samesite=lax$/,
  );
  const value = findColumnsCookie(`a=1; ${cookie.split("; ").at(0) ?? ""}; morecolumns=@b.-c`);
  expect(readChosenColumns(value)).toMatchObject(chosen);
});

test.each([undefined, "", "@", "%7B%22devices%22", "@devices.site", "@devices.-", "@devices.-a b"])(
  "the cookie %s chooses nothing",
  (value) => {
    expect(readChosenColumns(value).devices ?? {}).toEqual({});
  },
);
