// Stands in for the real thing until it is there.
export async function startEmbeddedPostgres(_options: { folder: string; fast?: boolean }) {
  const url = 'postgres://postgres:atelier@127.0.0.1:54329/postgres';
  return { url, owned: false, pid: 0, stop: async () => {} };
}
