// The subpath @atelier/server/s3: pictures and masks in a bucket, for those who want the AWS SDK loaded.
export { type S3AssetStoreOptions, s3AssetStore } from './s3-asset-store.ts';
