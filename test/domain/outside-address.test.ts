import { expect, test } from "vitest";
import { isPublicAddress, isPublicHost } from "../../src/domain/outside-address.ts";

test("addresses of the machine itself, of private networks and of no network are not outside", () => {
  const inside = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.9.9",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:192.168.1.1",
    "::ffff:7f00:1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "ff02::1",
    "64:ff9b::a00:1",
    "2001:db8::1",
    "2001:0:1::",
    "2001::1",
    "2002:a00:1::",
  ];
  expect(inside.filter(isPublicAddress)).toEqual([]);
});

test("addresses that are reachable from everywhere are outside", () => {
  const outside = [
    "1.1.1.1",
    "8.8.8.8",
    "11.0.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.169.0.1",
    "::ffff:8.8.8.8",
    "2606:4700::1111",
    "2a00:1450::1",
    "2001:4860:4860::8888",
  ];
  expect(outside.filter((address) => !isPublicAddress(address))).toEqual([]);
});

test("names without a dot, and those of private use, are not outside", () => {
  expect(
    ["localhost", "db", "a.localhost", "nas.local", "x.internal", "router.lan", "localhost."].filter(
      isPublicHost,
    ),
  ).toEqual([]);
  expect(isPublicHost("erp.example.com")).toBe(true);
});
