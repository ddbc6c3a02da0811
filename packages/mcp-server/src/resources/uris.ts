/** Addresses of what the server keeps, as `resource_link`s and `resources/read` name them. */
export const imageUri = (id: string): string => `atelier://images/${id}`;
export const previewUri = (id: string): string => `atelier://images/${id}/preview`;
export const maskUri = (id: string): string => `atelier://masks/${id}`;
export const historyUri = (session: string): string => `atelier://sessions/${session}/history`;
export const jobUri = (job: string): string => `atelier://jobs/${job}`;
