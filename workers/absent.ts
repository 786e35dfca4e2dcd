// What Bolt brings along for servers of its own, which a Worker never starts. See [alias] in wrangler.toml.
export default function absent(): never {
  throw new Error("not available on Workers");
}
